// The page's own button opens the advisor, as a site would do it.
document.getElementById("check-readiness").addEventListener("click", () => {
  document.querySelector("readiness-advisor").open();
});
