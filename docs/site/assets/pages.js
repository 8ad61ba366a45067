// What the pages of prose do with scripts; without them, they only lack this.

/** The local service serves these pages beside the API: its address stands where the examples name one. */
const LOCAL = 'http://localhost:8080';
if (location.pathname.startsWith('/docs/') && location.origin !== LOCAL) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (text.data.includes(LOCAL)) text.data = text.data.replaceAll(LOCAL, location.origin);
  }
}

for (const block of document.querySelectorAll('.prose pre')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    const isCopied = await navigator.clipboard.writeText(block.textContent.trimEnd()).then(
      () => true,
      () => false,
    );
    button.textContent = isCopied ? 'Copied' : 'Not allowed';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
  const frame = document.createElement('div');
  frame.className = 'code';
  block.replaceWith(frame);
  frame.append(block, button);
}

const search = document.querySelector('.search');
const input = search.querySelector('input');
const results = search.querySelector('ul');
search.hidden = false;
let index;

input.addEventListener('input', async () => {
  index ??= import(new URL(input.dataset.index, location.href).href);
  const sections = (await index).default;
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length === 0 ? [] : sections.filter((section) => fits(section, words));
  // What has a word in its heading comes first.
  found.sort((one, other) => rank(other, words) - rank(one, words));
  results.replaceChildren(...found.slice(0, 8).map(toResult));
  if (words.length > 0 && found.length === 0) results.append(toItem('Nothing found'));
});

search.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  input.value = '';
  results.replaceChildren();
});

const fits = ({ title, heading, text }, words) => {
  const all = `${title} ${heading} ${text}`.toLowerCase();
  return words.every((word) => all.includes(word));
};

const rank = ({ title, heading }, words) =>
  words.filter((word) => `${title} ${heading}`.toLowerCase().includes(word)).length;

function toResult({ title, heading, path }) {
  const link = document.createElement('a');
  link.href = input.dataset.root + path;
  link.textContent = heading === '' ? title : `${title}: ${heading}`;
  return toItem(link);
}

function toItem(content) {
  const item = document.createElement('li');
  item.append(content);
  return item;
}
