"use strict";
// The form works without this. It adds dropping files anywhere on the page, sending on choice, and a sign of progress.
(() => {
  const form = document.getElementById("ask");
  const area = document.getElementById("drop");
  const input = document.getElementById("file");
  const status = form.querySelector(".status");
  let depth = 0;

  const send = () => {
    if (!input.files || input.files.length === 0) return;
    const size = Array.from(input.files).reduce((sum, file) => sum + file.size, 0);
    if (size > Number(form.dataset.limit)) {
      status.textContent = form.dataset.large;
      input.value = "";
      return;
    }
    status.textContent = form.dataset.busy;
    area.classList.add("busy");
    form.requestSubmit();
  };

  form.classList.add("scripted");
  input.addEventListener("change", send);
  const bringsFiles = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
  document.addEventListener("dragenter", (event) => {
    if (!bringsFiles(event)) return;
    depth += 1;
    area.classList.add("over");
  });
  document.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (depth === 0) area.classList.remove("over");
  });
  document.addEventListener("dragover", (event) => {
    if (bringsFiles(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    area.classList.remove("over");
    input.files = event.dataTransfer.files;
    send();
  });
  // coming back by the browser's history: the form is fresh again
  window.addEventListener("pageshow", () => {
    area.classList.remove("busy");
    status.textContent = "";
  });
})();
