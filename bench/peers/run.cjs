// A reader of dates and times written in JavaScript, on the texts of standard input: as run.py, line by line.
//
//     node run.cjs READER FOLDER < jobs > answers
//
// FOLDER holds node_modules.
const path = require("node:path");
const readline = require("node:readline");

const [name, folder] = process.argv.slice(2);
const load = (module) => require(path.resolve(folder, "node_modules", module));
const midnight = (day) => new Date(...day.split("-").map((part, i) => Number(part) - (i === 1 ? 1 : 0)));

function parts(components) {
  if (!components) return null;
  const get = (unit) => components.get(unit);
  return {
    known: ["year", "month", "day", "weekday", "hour", "minute"].filter((unit) => components.isCertain(unit)),
    year: get("year"), month: get("month"), day: get("day"), hour: get("hour"), minute: get("minute"),
  };
}

const readers = {
  "chrono-node": () => {
    const chrono = load("chrono-node");
    const of = { en: chrono.en.GB, zh: chrono.zh.hant };
    return (text, lang, base) =>
      of[lang].parse(text, base).map((r) => ({ quote: r.text, start: r.index, from: parts(r.start), to: parts(r.end) }));
  },
  "@microsoft/recognizers-text-date-time": () => {
    const recognizers = load("@microsoft/recognizers-text-date-time");
    const of = { en: "en-gb", zh: "zh-cn" };
    return (text, lang, base) =>
      recognizers.recognizeDateTime(text, of[lang], 0, base).map((r) => ({
        quote: text.slice(r.start, r.end + 1), start: r.start, kind: r.typeName.split(".").pop(), values: (r.resolution || {}).values || [],
      }));
  },
};

async function main() {
  const read = readers[name]();
  console.log(JSON.stringify({ version: load(path.join(name, "package.json")).version }));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const job = JSON.parse(line);
    const before = process.cpuUsage();
    let found = [];
    let failed = null;
    try {
      found = read(job.text, job.lang, midnight(job.base));
    } catch (error) {
      failed = String(error);
    }
    const spent = process.cpuUsage(before);
    const seconds = (spent.user + spent.system) / 1e6;
    console.log(JSON.stringify({ found, seconds, failed }));
  }
}

main();
