// What a reader sent before they signed in again is done without another click.
document.querySelector("[data-sends-itself]").requestSubmit();
