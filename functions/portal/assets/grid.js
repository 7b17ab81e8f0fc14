// Rows that are saved one by one as they are left (kit/saved-rows.ts). Nothing typed is lost: what the server does not have yet
// lies in this browser, by account and page.
const one = (what) => document.querySelector(what);
const all = (what) => [...document.querySelectorAll(what)];
const form = one('[data-rows]');
const dialog = one('#entrance');
const words = JSON.parse(form.dataset.words);
const most = +form.dataset.most;
const place = `campus:${form.dataset.rows}:${location.pathname}`;
const tell = (text) => {
  one('#told').textContent = text;
};
const valuesOf = ({ cells }) => cells.map(({ value }) => value);
const written = (row) => JSON.stringify(valuesOf(row));

const rows = {};
for (const version of all('[name^=version-]')) {
  const id = version.name.slice(8);
  const cells = all(`[name$="-${id}"]`).filter(({ name }) => !/version|shown|theirs/.test(name));
  const fate = one(`#fate-${id}`);
  const row = { id, version, cells, fate, open: fate.dataset.kind === 'unsaved' };
  row.stands = row.open ? '' : written(row);
  rows[id] = row;
}
const list = Object.values(rows);
const rowOf = ({ name = '' }) => rows[name.split('-')[1]];

function show(row, kind, text) {
  row.kind = kind;
  row.fate.dataset.kind = kind;
  row.fate.textContent = text;
}
function keep() {
  const open = list.filter((row) => row.open);
  localStorage.setItem(place, JSON.stringify(open.map((row) => [row.id, row.version.value, valuesOf(row)])));
}

// What a cell of marks holds: a number, a letter, '' for nothing, NaN for what is no mark.
function markIn(text) {
  const mark = text.trim().toLowerCase().replace(',', '.');
  return /^[adn]?$/.test(mark) ? mark : /^\d+(\.\d\d?)?$/.test(mark) ? +mark : NaN;
}
function touched(row) {
  const [cell] = row.cells;
  const mark = most ? markIn(cell.value) : '';
  row.open = written(row) !== row.stands;
  row.fault = mark > most ? words.tooHigh : Number.isNaN(mark) ? words.unreadable : '';
  cell.ariaInvalid = !!row.fault;
  if (!row.stale) show(row, row.open ? 'unsaved' : '', row.fault || (row.open ? words.waiting : ''));
  keep();
  if (most) figure();
}

// Mean, median and histogram; the sizes are those of kit/charts.ts.
function figure() {
  const marks = list.map(({ cells }) => markIn(cells[0].value)).map((mark) => (mark === 'n' ? 0 : mark));
  const scores = marks.filter((mark) => mark !== '' && mark <= most).sort((a, b) => a - b);
  const count = scores.length;
  const mean = scores.reduce((sum, mark) => sum + mark, 0) / count;
  const median = (scores[(count - 1) >> 1] + scores[count >> 1]) / 2;
  for (const [name, value] of Object.entries({ count, mean: mean.toFixed(2), median: median.toFixed(2) }))
    one(`[data-figure=${name}]`).textContent = count ? `${value}`.replace('.', words.point) : '–';
  const bins = Array(20).fill(0);
  for (const mark of scores) bins[Math.min(19, Math.floor((mark / most) * 20))] += 1;
  const numbers = all('.beside td span');
  for (const [i, bar] of all('.beside .fill').entries()) {
    const tall = (bins[i] / Math.max(1, ...bins)) * 114;
    bar.setAttribute('y', 126 - tall);
    bar.setAttribute('height', tall);
    numbers[i].textContent = bins[i];
  }
  one('.beside .mark').setAttribute('transform', `translate(${28 + ((mean || 0) / most) * 306})`);
}

let busy;
async function save() {
  const ready = list.filter((row) => row.open && !row.stale && !row.fault && row.refused !== written(row));
  if (busy || dialog.open || !ready[0]) return;
  busy = true;
  const body = new URLSearchParams({ form_token: form.form_token.value });
  for (const row of ready) {
    row.sent = written(row);
    for (const { name, value } of [row.version, ...row.cells]) body.append(name, value);
    show(row, 'saving', words.saving);
  }
  let status;
  try {
    const headers = { Accept: 'application/json' };
    const reply = await fetch(form.action, { method: 'POST', body, headers, keepalive: true });
    ({ status } = reply);
    if (status > 401) tell(status > 499 ? words.offline : words.refused);
    else if (one('#told').textContent === words.offline) tell('');
    if (status === 401) dialog.showModal();
    if (status === 200) for (const fate of (await reply.json()).rows) settle(rows[fate.id], fate);
  } catch {
    tell(words.offline);
  }
  busy = false;
  for (const row of ready) if (row.kind === 'saving') show(row, 'unsaved', words.waiting);
  keep();
  if (status === 200) save();
}
function settle(row, { kind, text, version, theirs }) {
  show(row, kind, text);
  if (kind === 'stale') choose(row, version, Object.values(theirs));
  if (kind === 'unsaved') row.refused = row.sent;
  if (kind !== 'saved') return;
  row.version.value = version;
  row.stands = row.sent;
  row.open = written(row) !== row.sent;
}

// Somebody else wrote meanwhile: both stand side by side until one is chosen.
function choose(row, version, theirs) {
  row.stale = true;
  tell(`${row.cells[0].ariaLabel}: ${row.fate.textContent}`);
  for (const choice of ['mine', 'theirs']) {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', className: 'quiet', textContent: words[choice] });
    button.onclick = () => {
      row.stale = false;
      row.version.value = version;
      row.stands = JSON.stringify(theirs);
      if (choice === 'theirs') fillIn(row, theirs);
      tell('');
      row.cells[0].focus();
      touched(row);
      save();
    };
    row.fate.append(' ', button);
  }
}
function fillIn({ cells }, values) {
  for (const [i, cell] of cells.entries()) cell.value = values[i];
}

// Moving, filling, pasting.
let last;
const column = ({ name }) => all(`[name^=${name.split('-')[0]}-]`);
function enter(cell, value) {
  cell.value = value;
  touched(rowOf(cell));
}
function fill(cell) {
  const cells = column(cell);
  for (const below of cells.slice(cells.indexOf(cell) + 1)) {
    if (below.value) break;
    enter(below, cell.value);
  }
}
form.onkeydown = (event) => {
  const { target: cell, key, ctrlKey, shiftKey } = event;
  if (cell.localName !== 'input' || cell.list || !rowOf(cell)) return;
  if (key === 'd' && ctrlKey) fill(cell);
  else if (!/^(Enter|Arrow(Down|Up))$/.test(key)) return;
  else {
    const cells = column(cell);
    cells[cells.indexOf(cell) + (key === 'ArrowUp' || shiftKey ? -1 : 1)]?.select();
  }
  save();
  event.preventDefault();
};
const folded = (text) => `${text.normalize('NFD').toLowerCase().replace(/\p{M}/gu, '').match(/\w+/g)?.sort()}`;
form.onpaste = (event) => {
  const text = event.clipboardData.getData('text').trimEnd();
  const { target } = event;
  if (target.className !== 'score' || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const cells = column(target);
  const lines = text.split(/\r?\n/);
  const lost = lines.filter((line, i) => {
    const parts = line.split('\t');
    const value = parts.findLast((part) => part && !Number.isNaN(markIn(part))) ?? '';
    const name = folded(parts.filter((part) => part !== value).join(' '));
    const named = cells.filter((cell) => folded(cell.closest('tr').cells[0].textContent) === name);
    const cell = parts[1] === undefined ? cells[cells.indexOf(target) + i] : !named[1] && named[0];
    if (cell) enter(cell, parts[1] === undefined ? line.trim() : value);
    return !cell;
  });
  save();
  tell(`${lines.length - lost.length} ${words.pasted} ${lost.join(' ; ') || '–'}`);
};
form.addEventListener('focusin', ({ target }) => {
  if (target.className === 'score') last = target;
});
form.oninput = ({ target }) => {
  tell('');
  if (rowOf(target)) touched(rowOf(target));
};
form.onclick = ({ target: { dataset } }) => {
  if (!last || !dataset.put) return;
  if (dataset.put === 'down') fill(last);
  else enter(last, dataset.put);
  last.focus();
  save();
};
form.onsubmit = (event) => event.preventDefault(save());
form.onchange = save;
window.onpagehide = save;

// Signing in again leaves the page as it is; the rows are then saved.
dialog.onsubmit = async (event) => {
  event.preventDefault();
  const body = new URLSearchParams(new FormData(event.target));
  body.delete('form_token');
  const { redirected } = await fetch(event.target.action, { method: 'POST', body });
  one('#entrance .error').textContent = redirected ? '' : words.wrong;
  if (!redirected) return;
  dialog.close();
  save();
};

// What was left here before comes back over what stands.
for (const cell of all('.score')) cell.inputMode = 'decimal';
try {
  for (const [id, version, values] of JSON.parse(localStorage.getItem(place))) {
    fillIn(rows[id], values);
    if (written(rows[id]) !== rows[id].stands) rows[id].version.value = version;
    touched(rows[id]);
  }
} catch {}
save();
// Also what met a cut connection, or a service that was down.
setInterval(save, 5000);
