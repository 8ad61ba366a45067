/** The page's element of this id; that it is there, and of this kind, is index.html's part. */
export const findElement = <Found extends Element>(id: string, kind: new () => Found): Found => {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`index.html has no ${kind.name} with the id ${id}`);
};
