// Plays Yarn sources at random: JSON {sources, seeds} on stdin, a list of plays for each source out.
// bondage brings no functions; what the sources need of them is registered here.
const bondage = require('@mnbroatch/bondage');
const { Runner, OptionsResult, TextResult } = bondage.default ?? bondage;
const MAX_TURNS = 2000;

// The generator of Numerical Recipes, as in studio/document/dialogue/walking.py.
function random(seed) {
  let state = seed >>> 0;
  const next = () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32;
  for (let skipped = 0; skipped < 4; skipped++) next();
  return next;
}

function play(source, seed) {
  const next = random(seed);
  const transcript = [];
  const runner = new Runner();
  let end = 'end';
  try {
    runner.load(source);
    const results = runner.run('Start');
    for (let turn = 0, step = results.next(); ; step = results.next()) {
      if (++turn > MAX_TURNS) throw new Error('too long');
      const result = step.value;
      if (result instanceof OptionsResult) {
        const all = result.options.map((option, index) => ({ ...option, index }));
        const offered = all.filter((option) => option.isAvailable !== false);
        transcript.push(['menu', offered.map((option) => option.text.trim())]);
        if (!offered.length) throw new Error('stuck');
        const picked = offered[Math.floor(next() * offered.length)];
        transcript.push(['pick', picked.text.trim()]);
        result.select(picked.index);
      } else if (result instanceof TextResult) {
        const [, name, text] = /^((?:[^:])+?): ?(.*)$/su.exec(result.text) ?? [null, null, result.text];
        transcript.push(['say', name === 'Narrator' ? null : name, text.trim()]);
      }
      if (step.done) break;
    }
  } catch (error) {
    end = String(error.message ?? error);
  }
  return { transcript, end, variables: runner.variables.data };
}

const { sources, seeds } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(sources.map((source) => seeds.map((seed) => play(source, seed)))));
