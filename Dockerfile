# One image, three functions: load-api.handler serves the API, migration.handler prepares the database,
# keys.handler makes and revokes API keys.
FROM --platform=$BUILDPLATFORM public.ecr.aws/docker/library/node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY src src
COPY generated generated
COPY scripts scripts
COPY Dockerfile ./
# From a deployment; the build fails if it makes anything else.
ARG IMAGE_TAG=
RUN npm run build

# For compose.yaml alone: the local gateway, which Node 24 runs as it is.
FROM build AS gateway
COPY gateway gateway
COPY openapi openapi
USER node
CMD ["node", "scripts/local/start-gateway.ts"]

FROM public.ecr.aws/lambda/nodejs:24
COPY --from=build --chmod=0444 /build/dist/function/ ${LAMBDA_TASK_ROOT}/
# V8's code cache, by the Node that will read it: a cold start compiles nothing.
RUN --mount=type=bind,from=build,source=/build/dist/tools,target=/tools \
    node /tools/build-code-caches.cjs ${LAMBDA_TASK_ROOT} && chmod 0444 ${LAMBDA_TASK_ROOT}/*.cache
# Lambda chooses a user of its own; elsewhere this one is as little.
USER 65534:65534
# Lambda watches the process itself.
HEALTHCHECK NONE
CMD ["load-api.handler"]
