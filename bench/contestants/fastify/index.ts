import awsLambdaFastify from '@fastify/aws-lambda';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import openapiGlue from 'fastify-openapi-glue';
import { contract } from '../contract.ts';
import type { Day, NewEvent } from '../events.ts';
import { addEvent, listEvents, toReceipt } from '../events.ts';

const serviceHandlers = {
  async addEvent(request: FastifyRequest<{ Body: NewEvent }>, reply: FastifyReply) {
    const { status, body } = toReceipt(await addEvent(request.body));
    reply.code(status);
    return body;
  },
  listEvents: (request: FastifyRequest<{ Querystring: Day }>) => listEvents(request.query),
};

// By default Fastify removes unknown fields; the contract rejects them.
const app = Fastify({ ajv: { customOptions: { removeAdditional: false, strict: false } } });
app.register(openapiGlue, { specification: contract, serviceHandlers });

/** As in the READMEs of fastify-openapi-glue and @fastify/aws-lambda. */
export const handler = awsLambdaFastify(app);
