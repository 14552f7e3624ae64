const live = document.getElementById("live");
const state = document.getElementById("state");
const events = new EventSource("events");
events.addEventListener("now", event => { live.innerHTML = event.data; });
events.addEventListener("end", event => {
  events.close();
  state.textContent = event.data;
});
events.addEventListener("error", () => { state.textContent = "The training can't be reached any more."; });
