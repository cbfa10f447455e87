// Numbers and sentences of the upload page; the sentences come with the page, in its language.
const UNITS = ["B", "kB", "MB", "GB", "TB"];

export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// The sentence for a number of things: `name_1` for one, `name` for more.
export function counted(say, name, n, values = {}) {
  return fill(say[n === 1 ? `${name}_1` : name], { n, ...values });
}

export function size(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit && value < 99.95 ? (value < 9.995 ? 2 : 1) : 0;
  return `${Number(value.toFixed(digits))} ${UNITS[unit]}`;
}

export function time(seconds, say) {
  if (seconds < 90) return fill(say.seconds, { n: Math.ceil(seconds) });
  if (seconds < 5400) return fill(say.minutes, { n: Math.round(seconds / 60) });
  return fill(say.hours, { n: Math.round(seconds / 3600) });
}
