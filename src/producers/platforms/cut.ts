const isSpace = (c: string | undefined) => c === ' ' || c === '\n' || c === '\r' || c === '\t';

/** The text between two places without the JSON white space around it. By hand: a regular expression here is quadratic. */
function sliceTrimmed(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isSpace(text[start])) start += 1;
  while (end > start && isSpace(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

/**
 * Cuts a JSON array into the texts of its elements, character for character as they were sent, so that ids survive and
 * one broken element does not take the others with it. Null where the text is not an array or its brackets do not match.
 * The elements themselves are not checked. Linear, no recursion: it runs before the ack.
 */
export function cutArray(text: string): readonly string[] | null {
  const body = sliceTrimmed(text, 0, text.length);
  if (body[0] !== '[') return null;
  const elements: string[] = [];
  let depth = 0;
  let inString = false;
  let start = 1;
  for (let i = 1; i < body.length; i += 1) {
    const c = body[i];
    if (inString) {
      if (c === '\\') i += 1;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === '{' || c === '[') depth += 1;
    else if (depth > 0 && (c === '}' || c === ']')) depth -= 1;
    else if (depth === 0 && (c === ',' || c === ']')) {
      elements.push(sliceTrimmed(body, start, i));
      start = i + 1;
      if (c === ']') return closed(elements, i === body.length - 1);
    } else if (c === '}') return null;
  }
  return null;
}

/** `[]` is empty; `[1,]` and `[] []` are not arrays. */
function closed(elements: readonly string[], atEnd: boolean): readonly string[] | null {
  if (!atEnd) return null;
  if (elements.length === 1 && elements[0] === '') return [];
  return elements.includes('') ? null : elements;
}
