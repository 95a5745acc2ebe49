import { Paper, Table, Text } from '@mantine/core';
import type { Evaluation } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { useRunWords } from '../runs/use-run-words.ts';

/** The scores of each class. */
export function ClassScores({ evaluation: { classes, perClass } }: { evaluation: Evaluation }) {
  const { t } = useTranslation();
  const words = useRunWords();
  const names = [...new Set(perClass.flatMap((scores) => Object.keys(scores)))];
  if (names.length === 0) return null;
  return (
    <Paper withBorder className="chart-card">
      <Text size="sm" fw={600} component="h2" mb="xs">
        {t('evaluations.classes')}
      </Text>
      <Table.ScrollContainer minWidth={0} maxHeight={300}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th />
              {names.map((name) => (
                <Table.Th key={name} ta="right" title={words.metricHelp(name) || undefined}>
                  {words.metric(name)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {classes.map(({ categoryId, name }, i) => (
              <Table.Tr key={categoryId}>
                <Table.Td>{name}</Table.Td>
                {names.map((metric) => (
                  <Table.Td key={metric} ta="right" className="digits">
                    {perClass[i]?.[metric] === undefined
                      ? '–'
                      : words.score(metric, perClass[i][metric])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}
