// Reads statements, one a line, and says for each line what xapi-validation has against it.
const readline = require("readline");
const check = require("xapi-validation").default;

const lines = readline.createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const warnings = check(JSON.parse(line));
  process.stdout.write(JSON.stringify(warnings.map(String)) + "\n");
});
