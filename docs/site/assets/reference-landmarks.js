// What screen readers need and Redoc's markup lacks: its menu is a landmark, no level of headings is left out, and a
// button is named by what it says.

const amend = () => {
  const menu = document.querySelector('.menu-content');
  menu?.setAttribute('role', 'navigation');
  menu?.setAttribute('aria-label', 'Operations');
  // An operation's address has no h1: the highest heading takes its place.
  const headings = [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')];
  const levels = headings.map(({ localName }) => Number(localName.at(1)));
  const highest = Math.min(...levels);
  let level = 0;
  for (const [index, heading] of headings.entries()) {
    level = Math.min(levels[index] - highest + 1, level + 1);
    heading.setAttribute('aria-level', level);
  }
  for (const button of document.querySelectorAll('button[aria-haspopup][aria-label]')) {
    const text = button.textContent.trim();
    const label = button.getAttribute('aria-label');
    if (!label.startsWith(text))
      button.setAttribute('aria-label', `${text}, ${label.split(', ').pop()}`);
  }
};

new MutationObserver(amend).observe(document.querySelector('#main'), {
  childList: true,
  characterData: true,
  subtree: true,
});
amend();
