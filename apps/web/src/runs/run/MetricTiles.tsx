import { Text } from '@mantine/core';
import { useRunWords } from '../use-run-words.ts';

interface MetricTilesProps {
  metrics: Readonly<Record<string, number>>;
  primary: string | null;
}

/** Numbers large enough to be read from afar, the one that counts first. */
export function MetricTiles({ metrics, primary }: MetricTilesProps) {
  const words = useRunWords();
  const names = Object.keys(metrics);
  if (names.length === 0) return null;
  const sorted = names.toSorted((a, b) => Number(b === primary) - Number(a === primary));
  return (
    <div className="metric-tiles">
      {sorted.map((name) => (
        <div
          key={name}
          className="metric-tile"
          data-primary={name === primary || undefined}
          title={words.metricHelp(name) || undefined}
        >
          <Text className="metric-value">{words.score(name, metrics[name])}</Text>
          <Text size="xs" c="dimmed">
            {words.metric(name)}
          </Text>
        </div>
      ))}
    </div>
  );
}
