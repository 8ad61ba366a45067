// Redoc lets readers choose, and keeps it under this name: the other pages go with it.
const chosen = localStorage.getItem('redoc.colorMode');
const preferred = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
document.documentElement.classList.add(
  chosen === 'light' || chosen === 'dark' ? chosen : preferred,
);
