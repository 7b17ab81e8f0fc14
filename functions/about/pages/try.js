// Runs in the browser, on the page that functions/about/docs-page.ts makes: signs in, finds, and sends requests.
const KEPT = 'campus.session';
const byId = (id) => document.getElementById(id);
const signInForm = byId('sign-in');
const signOut = byId('sign-out');

/** The session of this tab; the browser forgets it with the tab. */
const session = () => JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');

function keep(value) {
  if (value) sessionStorage.setItem(KEPT, JSON.stringify(value));
  else sessionStorage.removeItem(KEPT);
  byId('signed-in').textContent = value ? `Signed in as ${value.username} (${value.role}).` : 'Not signed in.';
  signOut.hidden = !value;
}

// Addresses are relative to the page, so that the stage in front of its own stands in front of theirs.
const addressOf = (path) => new URL(path.replace(/^\//, ''), document.baseURI);

async function send(method, address, { token, body } = {}) {
  const headers = { 'Accept-Language': navigator.language };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers['Content-Type'] = 'application/json';
  const response = await fetch(address, { method, headers, ...(body && { body }) });
  return { response, text: await response.text() };
}

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

byId('demo')?.addEventListener('change', ({ target }) => {
  byId('username').value = target.value;
  byId('password').value = target.selectedOptions[0].dataset.password ?? '';
});

signInForm.addEventListener('submit', async (event) => {
  event.preventDefault();
  const username = byId('username').value;
  const body = JSON.stringify({ username, password: byId('password').value });
  try {
    const { response, text } = await send('POST', addressOf('/auth/login'), { body });
    const answer = parsed(text) ?? {};
    keep(response.ok ? { username, role: answer.role, token: answer.access_token } : undefined);
    if (!response.ok) byId('signed-in').textContent = answer.detail ?? `Refused: ${response.status}`;
  } catch {
    byId('signed-in').textContent = 'The API does not answer.';
  }
});

signOut.addEventListener('click', () => keep(undefined));

/** Where a form's fields lead: the path filled in, and what of the query is not empty. */
function requestOf(form) {
  const inputs = [...form.querySelectorAll('input')];
  const path = form.dataset.path.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(inputs.find((one) => one.dataset.in === 'path' && one.name === name)?.value ?? ''),
  );
  const address = addressOf(path);
  for (const { name, value, dataset } of inputs)
    if (dataset.in === 'query' && value !== '') address.searchParams.set(name, value);
  return { method: form.dataset.method, address, body: form.querySelector('textarea')?.value };
}

function show(form, heading, text) {
  const pre = Object.assign(document.createElement('pre'), { tabIndex: 0, textContent: text });
  pre.setAttribute('role', 'region');
  pre.setAttribute('aria-label', `Answer of ${form.dataset.method} ${form.dataset.path}`);
  const line = Object.assign(document.createElement('p'), { textContent: heading });
  form.querySelector('.answer').replaceChildren(line, ...(text ? [pre] : []));
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.classList.contains('try')) return;
  event.preventDefault();
  const { method, address, body } = requestOf(form);
  try {
    const { response, text } = await send(method, address, { token: session()?.token, body });
    const json = parsed(text);
    const passed = ['ETag', 'Location', 'Link'].flatMap((name) => {
      const value = response.headers.get(name);
      return value ? [`${name}: ${value}`] : [];
    });
    const heading = [`${response.status} ${response.statusText}`, ...passed].join(' · ');
    show(form, heading, json === undefined ? text : JSON.stringify(json, null, 2));
  } catch {
    show(form, 'The API does not answer.', '');
  }
});

byId('words').addEventListener('input', ({ target }) => {
  const words = target.value.toLowerCase().split(/\s+/).filter(Boolean);
  const operations = [...document.querySelectorAll('.operation')];
  for (const one of operations) one.hidden = !words.every((word) => one.dataset.words.includes(word));
  for (const section of document.querySelectorAll('main section'))
    section.hidden = !section.querySelector('.operation:not([hidden])');
  byId('found').textContent = words.length > 0 ? `${operations.filter((one) => !one.hidden).length} found.` : '';
});
byId('find').addEventListener('submit', (event) => event.preventDefault());

/** Opens what the address names after its `#`. */
function openNamed() {
  const named = byId(decodeURIComponent(location.hash.slice(1)));
  if (named instanceof HTMLDetailsElement) named.open = true;
}
addEventListener('hashchange', openNamed);

for (const form of document.querySelectorAll('form')) form.hidden = false;
keep(session());
openNamed();
