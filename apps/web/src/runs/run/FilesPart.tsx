// Files that were logged with a run: plots, samples, configurations.

import { Anchor, Table, Text } from '@mantine/core';
import { fillPath, type RunDetail, routes, searchText } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';

const fileUrl = (runId: number, path: string): string =>
  fillPath(routes.getRunFile.path, { runId }) + searchText({ path });

export function FilesPart({ run }: { run: RunDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const pictures = run.files.filter(({ mediaType }) =>
    /^image\/(png|jpeg|webp|gif)/.test(mediaType),
  );
  return (
    <>
      {pictures.length > 0 && (
        <div className="run-pictures">
          {pictures.map(({ path }) => (
            <a key={path} href={fileUrl(run.id, path)} target="_blank" rel="noreferrer">
              <img src={fileUrl(run.id, path)} alt={path} loading="lazy" />
              <Text size="xs" truncate>
                {path}
              </Text>
            </a>
          ))}
        </div>
      )}
      <Table fz="sm" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('runs.files.path')}</Table.Th>
            <Table.Th ta="right">{t('runs.files.size')}</Table.Th>
            <Table.Th>{t('runs.files.when')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {run.files.map(({ path, byteSize, createdAt }) => (
            <Table.Tr key={path}>
              <Table.Td>
                <Anchor href={fileUrl(run.id, path)} download={path.split('/').at(-1)} size="sm">
                  {path}
                </Anchor>
              </Table.Td>
              <Table.Td ta="right">{format.bytes(byteSize)}</Table.Td>
              <Table.Td c="dimmed" title={format.time(createdAt)}>
                {format.ago(createdAt)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
