// The file of a version, in three precisions.

import { Text } from '@mantine/core';
import {
  fillPath,
  type ModelPrecision,
  type ModelVersion,
  modelPrecisions,
  routes,
  searchText,
} from '@migaki/api';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useRunWords } from '../runs/use-run-words.ts';

export function Downloads({ version }: { version: ModelVersion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRunWords();
  const { modelId, primaryMetric, precisions, metrics } = version;
  const path = fillPath(routes.downloadModel.path, { modelId, version: version.version });
  /** How large the file is, how good and how quick the model in it, as far as that was measured. */
  const measured = (precision: ModelPrecision): string[] => {
    const known = precisions[precision];
    const byteSize = known?.byteSize ?? (precision === 'float32' ? version.byteSize : null);
    const scores = known?.metrics ?? (precision === 'float32' ? metrics : {});
    const score = primaryMetric === null ? undefined : scores[primaryMetric];
    return [
      ...(byteSize === null ? [] : [format.bytes(byteSize)]),
      ...(score === undefined || primaryMetric === null
        ? []
        : [`${words.metric(primaryMetric)} ${words.score(primaryMetric, score)}`]),
      ...(known === undefined
        ? []
        : [t('models.perPicture', { time: format.number(known.millisecondsPerPicture) })]),
    ];
  };
  return (
    <section>
      <Text fw={600} size="sm" mb={6} component="h3">
        {t('models.download')}
      </Text>
      <div className="downloads">
        {modelPrecisions.map((precision) => (
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
                {[t(`models.precisions.${precision}.help`), ...measured(precision)].join(' · ')}
              </Text>
            </span>
          </a>
        ))}
      </div>
    </section>
  );
}
