// The only file that imports the generated table: scripts/client/build-client.ts puts a copy beside it.
export { operations } from '../../../../generated/client-operations.ts';
