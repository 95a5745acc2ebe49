// The file of a version, in three precisions.

import { Text } from '@mantine/core';
import { fillPath, type ModelVersion, modelPrecisions, routes, searchText } from '@migaki/api';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useRunWords } from '../runs/use-run-words.ts';

export function Downloads({ version }: { version: ModelVersion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRunWords();
  const { modelId, primaryMetric, precisions, metrics, byteSize } = version;
  const path = fillPath(routes.downloadModel.path, { modelId, version: version.version });
  const scoreIn = (precision: (typeof modelPrecisions)[number]): number | undefined => {
    if (primaryMetric === null) return undefined;
    return (precision === 'float32' ? metrics : precisions[precision]?.metrics)?.[primaryMetric];
  };
  const bytesIn = (precision: (typeof modelPrecisions)[number]): number | undefined =>
    precision === 'float32' ? byteSize : precisions[precision]?.byteSize;
  return (
    <section>
      <Text fw={600} size="sm" mb={6} component="h3">
        {t('models.download')}
      </Text>
      <div className="downloads">
        {modelPrecisions.map((precision) => {
          const score = scoreIn(precision);
          const bytes = bytesIn(precision);
          return (
            <a
              key={precision}
              className="download"
              href={`${path}${searchText({ precision })}`}
              download={`${version.name}-${version.version}${precision === 'float32' ? '' : `-${precision}`}.onnx`}
            >
              <IconDownload size={18} stroke={1.6} aria-hidden />
              <span>
                <Text size="sm" fw={600} span>
                  {t(`models.precisions.${precision}.name`)}
                </Text>
                <Text size="xs" c="dimmed" component="span" display="block">
                  {t(`models.precisions.${precision}.help`)}
                  {bytes !== undefined && ` · ${format.bytes(bytes)}`}
                  {score !== undefined &&
                    primaryMetric !== null &&
                    ` · ${words.metric(primaryMetric)} ${words.number(score)}`}
                </Text>
              </span>
            </a>
          );
        })}
      </div>
    </section>
  );
}
