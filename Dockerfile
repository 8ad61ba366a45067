# One image for all functions: load-api.handler and load-api.stream serve the API, migration.handler prepares the database,
# keys.handler creates, rotates, lists and revokes API keys, and audit.handler writes the audit log.
# A deployment gives both with a digest, from locks/base-images.json.
ARG NODE_IMAGE=public.ecr.aws/docker/library/node:24-slim
ARG LAMBDA_IMAGE=public.ecr.aws/lambda/nodejs:24

FROM --platform=$BUILDPLATFORM $NODE_IMAGE AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --workspaces=false --ignore-scripts --no-audit --no-fund
COPY src src
COPY generated generated
COPY scripts scripts
COPY Dockerfile ./
COPY locks locks
# A deployment sets this tag; the build fails if the content does not match it.
ARG IMAGE_TAG=
RUN npm run build

# Only for compose.yaml: the local gateway. Node 24 runs its TypeScript directly.
FROM build AS gateway
COPY gateway gateway
COPY openapi openapi
USER node
CMD ["node", "scripts/local/start-gateway.ts"]

FROM $LAMBDA_IMAGE
COPY --from=build --chmod=0444 /build/dist/function/ ${LAMBDA_TASK_ROOT}/
# Creates V8's code cache with the Node version that will read it, so that a cold start compiles nothing.
RUN --mount=type=bind,from=build,source=/build/dist/tools,target=/tools \
    node /tools/build-code-caches.cjs ${LAMBDA_TASK_ROOT} && chmod 0444 ${LAMBDA_TASK_ROOT}/*.cache
# Lambda chooses its own user; elsewhere, run without privileges as well.
USER 65534:65534
# Lambda monitors the process itself.
HEALTHCHECK NONE
CMD ["load-api.handler"]
