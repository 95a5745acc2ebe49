// Attributes as people type them: numbers, yes and no, texts; whatever else a file holds is shown as JSON.

/** @example textOfValue(true) // 'true' */
export const textOfValue = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** A text in quotation marks is a text, whatever it looks like. @example valueOfText('0.5') // 0.5 */
export function valueOfText(text: string): unknown {
  const trimmed = text.trim();
  if (/^(true|false|null|-?\d+(\.\d+)?([eE][-+]?\d+)?|".*"|\[.*\]|\{.*\})$/s.test(trimmed)) {
    try {
      return JSON.parse(trimmed);
    } catch {
      return text;
    }
  }
  return trimmed;
}
