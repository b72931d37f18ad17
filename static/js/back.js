// A page that Back brings back as it was is asked for anew, if somebody signed in or out since.
{
  const cookies = document.cookie;
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.cookie !== cookies) location.reload();
  });
}
