import contract from '../../generated/openapi.json' with { type: 'json' };
import { resolveRef } from '../../openapi/resolve-ref.ts';

// biome-ignore lint/suspicious/noExplicitAny: an edit may reach anywhere, and break what the types promise
export type Editable = Record<string, any>;

export type Edit = (contract: Editable) => void;

/** An edit that would break devices or dashboards, and the message that must name it. */
export type Breaking = [title: string, edit: Edit, says: string];

/** Applies an edit to a copy of the contract. */
export const toEdited = (edit: Edit): Editable => {
  const copy = structuredClone(contract);
  edit(copy);
  return copy;
};

export const schemas = (document: Editable): Editable => document.components.schemas;

/** A parameter of `GET /events`, which other operations may share. */
export const parameter = (document: Editable, name: string): Editable =>
  document.paths['/events'].get.parameters
    .map((one: Editable) => resolveRef<Editable>(document, one))
    .find((one: Editable) => one.name === name);

export const parameterSchema = (document: Editable, name: string): Editable =>
  resolveRef<Editable>(document, parameter(document, name).schema);

/** The response 200 of a GET. */
export const ok = (document: Editable, path: string): Editable =>
  document.paths[path].get.responses[200];

export const set = (target: Editable, values: object): void => {
  Object.assign(target, values);
};

export const rename = (target: Editable, from: string, to: string): void => {
  target[to] = target[from];
  delete target[from];
};
