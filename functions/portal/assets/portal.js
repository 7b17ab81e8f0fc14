// Makes the pages of functions/portal faster to use; all of them work without it.

// A second click does nothing: the first is on its way. The page comes back fresh where the browser goes back to it.
document.addEventListener('submit', (event) => {
  if (event.target.dataset.sent) {
    event.preventDefault();
    return;
  }
  event.target.dataset.sent = 'yes';
  event.submitter?.setAttribute('aria-busy', 'true');
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
  for (const button of document.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
});

// What went wrong is read out and reached first.
document.querySelector('.summary')?.focus();

// What is still under way is looked at again by itself.
const refresh = document.querySelector('[data-refresh]');
if (refresh) setTimeout(() => refresh.click(), 2000);
