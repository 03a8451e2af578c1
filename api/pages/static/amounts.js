// Amounts as operators type them: plain digits with the currency's own decimals. Whole minor units, never a float.

// Return the minor units that are written, or null for anything that could be read in two ways (1,500).
export function read(text, places) {
  const found = /^(\d{1,13})(?:\.(\d+))?$/.exec(text.trim());
  if (!found) return null;
  const [, whole, fraction = ""] = found;
  if (fraction.length > places) return null;
  return Number(whole + fraction.padEnd(places, "0"));
}

// Return minor units as people write them, with the currency's code behind.
export function write(minor, places, currency) {
  const digits = String(Math.abs(minor)).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places), fraction = digits.slice(digits.length - places);
  return `${minor < 0 ? "-" : ""}${whole}${places ? `.${fraction}` : ""} ${currency}`;
}

// Return how a sum is divided when the creator gets what is written, or null where that is no share of it.
export function split(text, places, held) {
  const creator = read(text, places);
  return creator === null || creator > held ? null : { creator, brand: held - creator };
}
