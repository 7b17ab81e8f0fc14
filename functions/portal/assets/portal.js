// Makes the pages of functions/portal faster to use; all of them work without it.

// A second click does nothing: the first is on its way. The page comes back fresh where the browser goes back to it.
document.addEventListener('submit', (event) => {
  const { target, submitter, defaultPrevented } = event;
  if (defaultPrevented || submitter?.formMethod === 'dialog') return;
  if (target.ariaBusy) event.preventDefault();
  target.ariaBusy = true;
});
addEventListener('pageshow', () => {
  for (const form of document.forms) form.ariaBusy = null;
});

// What a page of its own would ask is asked on the spot.
document.addEventListener('click', (event) => {
  const { dialog } = event.target.dataset;
  if (!dialog) return;
  event.preventDefault();
  document.getElementById(dialog).showModal();
});

// What went wrong is read out and reached first.
document.querySelector('.summary')?.focus();

// What is still under way is looked at again by itself.
const refresh = document.querySelector('[data-refresh]');
if (refresh) setTimeout(() => refresh.click(), 2000);
