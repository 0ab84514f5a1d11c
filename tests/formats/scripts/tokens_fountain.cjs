// Prints the tokens of the scripts in a JSON list on stdin, as fountain-js reads them.
const { Fountain } = require('fountain-js');

const scripts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const tokens = scripts.map((script) => new Fountain().parse(script, true).tokens);
console.log(JSON.stringify(tokens));
