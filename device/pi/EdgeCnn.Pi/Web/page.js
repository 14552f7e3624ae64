"use strict";
const find = id => document.getElementById(id);
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const past = { median: [], tail: [], temperature: [] };
const kept = 480;
let names = "";

async function change(method, path, body) {
  const token = find("token").value;
  const answer = await fetch(path, { method, body, headers: token ? { Authorization: `Bearer ${token}` } : {} });
  if (answer.ok) return true;
  find("state").textContent = (await answer.json().catch(() => ({ error: answer.statusText }))).error;
  return false;
}

async function teach(bar, label) {
  bar.classList.add("is-taught");
  await change("POST", `lessons/${label}`);
  bar.classList.remove("is-taught");
}

function showLabels(now) {
  if (names !== now.labels.join("\n")) {
    names = now.labels.join("\n");
    find("labels").replaceChildren(...now.labels.map((name, label) => {
      const bar = make("button", { type: "button", className: "bar" }, make("i"), make("b", { textContent: name }));
      bar.addEventListener("click", () => teach(bar, label));
      return bar;
    }));
  }
  [...find("labels").children].forEach((bar, label) => {
    bar.firstChild.style.transform = `scaleX(${now.means[label]})`;
    bar.classList.toggle("is-answer", now.label === now.labels[label]);
    bar.disabled = !now.canLearn;
    bar.title = `${Math.round(100 * now.means[label])} %`;
  });
  find("hint").textContent = now.canLearn
    ? "Show something and press its label to teach it."
    : "This model can't be taught; edgecnn plan-learning makes one that can.";
}

function draw(chart, unit, ...series) {
  const top = Math.max(1, ...series.flat()) * 1.1;
  const svg = (tag, attributes, text = "") => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.textContent = text;
    return element;
  };
  const y = value => 112 - 104 * value / top;
  const marks = [0.5, 1].flatMap(share => {
    const value = share * top / 1.1;
    return [
      svg("line", { x1: 0, x2: 320, y1: y(value), y2: y(value) }),
      svg("text", { x: 0, y: y(value) - 3 }, `${value.toPrecision(2)} ${unit}`),
    ];
  });
  const x = age => 320 - 320 * age / kept;
  const point = (value, at, all) => `${at ? "L" : "M"}${x(all.length - 1 - at).toFixed(1)} ${y(value).toFixed(1)}`;
  const paths = series.map(values => svg("path", { d: values.map(point).join("") }));
  chart.replaceChildren(...marks, ...paths);
}

function keep(list, value) {
  list.push(value);
  if (list.length > kept) list.shift();
}

function showNumbers(now) {
  const latencies = now.latencies;
  find("state").textContent = `${latencies.framesPerSecond.toFixed(1)} frames/s · ${(latencies.median / 1000).toFixed(1)} ms · `
    + `${now.dropped} of ${now.frame} frames skipped`;
  find("source").textContent = now.source ?? "no camera";
  keep(past.median, latencies.median / 1000);
  keep(past.tail, latencies.percentile99 / 1000);
  draw(find("latency"), "ms", past.median, past.tail);
  find("thermometer").hidden = now.temperature === null;
  if (now.temperature !== null) keep(past.temperature, now.temperature);
  draw(find("temperature"), "°C", past.temperature);
}

function showLists(now) {
  const words = ({ number, at, label, frames }) =>
    `${number}  ${new Date(at).toLocaleTimeString()}  ${frames ? `${label} × ${frames}` : ""}`;
  find("lessons").replaceChildren(...now.lessons.map(lesson => make("li", { textContent: words(lesson) })));
  find("undo").disabled = now.lessons.length === 0;
  find("models").replaceChildren(...now.models.map(model => make("tr", {},
    make("td", { textContent: model.slot }),
    make("td", { textContent: model.modelId.slice(0, 8) || "damaged" }),
    make("td", { textContent: `${model.bytes} bytes` }),
    make("td", { textContent: model.isOnTrial ? "on trial" : model.isRunning ? "runs" : "" }))));
  find("previous").disabled = now.models.length < 2;
  find("access").hidden = !now.needsToken;
}

const events = new EventSource("events");
events.addEventListener("now", event => {
  const now = JSON.parse(event.data);
  find("label").textContent = now.label ?? "…";
  find("trouble").hidden = !now.trouble;
  find("trouble").textContent = now.trouble;
  showLabels(now);
  showNumbers(now);
  showLists(now);
});
events.addEventListener("error", () => { find("state").textContent = "The camera can't be reached."; });

// The next picture is asked for when the last one is there: a slow line gets fewer of them.
const preview = find("preview");
let pictures = 0;
const next = pause => setTimeout(() => { preview.src = `preview.bmp?${++pictures}`; }, pause);
preview.addEventListener("load", () => next(150));
preview.addEventListener("error", () => next(1000));
next(0);

find("undo").addEventListener("click", () => change("DELETE", "lessons/newest"));
find("previous").addEventListener("click", () => change("POST", "models/previous"));
find("upload").addEventListener("change", async event => {
  await change("PUT", "models", event.target.files[0]);
  event.target.value = "";
});
find("token").value = sessionStorage.getItem("token") ?? "";
find("token").addEventListener("change", event => sessionStorage.setItem("token", event.target.value));
