export { toFunctionName, toFunctionUri, toStreamUri } from './function-uri.ts';
export type { Finding } from './lint/lint-import-document.ts';
export { lintImportDocument } from './lint/lint-import-document.ts';
export { createEndpointInvoke } from './local/function/endpoint-invoke.ts';
export { createEndpointInvokeStream } from './local/function/endpoint-invoke-stream.ts';
export type {
  Invoke,
  InvokeContext,
  InvokeStream,
  LambdaFunction,
} from './local/function/lambda-function.ts';
export { createGateway } from './local/gateway.ts';
export type {
  GatewaySettings,
  Quota,
  Stage,
  Throttle,
  UsagePlan,
} from './local/gateway-settings.ts';
export { createHttpServer } from './local/http-server.ts';
export type { Reason } from './local/start/document-refused.ts';
export { DocumentRefused } from './local/start/document-refused.ts';
