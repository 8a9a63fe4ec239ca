// Holds the survivors of a mutation run against the list of those that are explained.
// Usage: node mutation-survivors.mjs REPORT.json LIST.txt
// The list: a line "file | mutator | line of code" for each, then an indented reason. What survives and is not listed fails.
import { readFileSync } from 'node:fs';

const [report, list] = process.argv.slice(2).map((path) => readFileSync(path, 'utf8'));
const reasons = new Map();
let last = null;
for (const line of list.split('\n')) {
  if (line === '' || line.startsWith('#')) continue;
  if (line.startsWith(' ')) reasons.set(last, line.trim());
  else reasons.set((last = line), '');
}

let killed = 0;
const survivors = new Set();
for (const [file, { source, mutants }] of Object.entries(JSON.parse(report).files)) {
  const lines = source.split('\n');
  for (const { status, mutatorName, location } of mutants) {
    if (status === 'Killed' || status === 'Timeout') killed++;
    if (status !== 'Survived' && status !== 'NoCoverage') continue;
    survivors.add(`${file.split('CostShare.Grains/').pop()} | ${mutatorName} | ${lines[location.start.line - 1].trim()}`);
  }
}
const unexplained = [...survivors].filter((survivor) => !reasons.get(survivor));
const gone = [...reasons.keys()].filter((survivor) => !survivors.has(survivor));
console.log(`${killed} killed, ${survivors.size} kinds of survivors, ${unexplained.length} unexplained survivors`);
for (const survivor of unexplained) console.log(`survivor without a reason: ${survivor}`);
for (const survivor of gone) console.log(`listed as survivor but killed now: ${survivor}`);
process.exit(unexplained.length + gone.length > 0 ? 1 : 0);
