type Content = string | Node | readonly Node[];

/** Creates an element. Data from devices is added as text, never as markup. */
export const createElement = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  content: Content,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (typeof content === 'string') element.textContent = content;
  else element.append(...(content instanceof Node ? [content] : content));
  return element;
};

/** Finds the element of index.html with this id; throws if it is missing or of another kind. */
export const findElement = <Found extends Element>(id: string, kind: new () => Found): Found => {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`index.html has no ${kind.name} with the id ${id}`);
};
