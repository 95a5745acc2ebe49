const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * A curve in a line of text; of many values, each character is the mean of some that follow one another.
 *
 * @example
 * drawSparkline([1, 2, 4], 10) // "▁▃█"
 */
export function drawSparkline(values: readonly number[], columns: number): string {
  const count = Math.min(columns, values.length);
  const means = Array.from({ length: count }, (_, at) => {
    const part = values.slice(
      Math.floor((at * values.length) / count),
      Math.floor(((at + 1) * values.length) / count),
    );
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const levelOf = (mean: number) =>
    high > low ? Math.round(((mean - low) / (high - low)) * (levels.length - 1)) : 0;
  return means.map((mean) => levels[levelOf(mean)]).join('');
}
