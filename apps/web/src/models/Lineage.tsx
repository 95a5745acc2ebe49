// What a version was made from, back to the first, and what was made from it: a line of steps for each generation.

import { Loader, Text } from '@mantine/core';
import type { ModelReference, PinnedDataset } from '@migaki/api';
import {
  IconArrowRight,
  IconCube,
  IconDatabase,
  IconFile,
  IconTrendingUp,
  IconWorldDownload,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PinnedLink } from '../runs/PinnedLink.tsx';
import type { client } from '../server/client.ts';
import { lineageQuery } from '../server/run-queries.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { LinkAnchor } from '../shell/links.tsx';
import { ModelLink } from './ModelLink.tsx';

type LineageAnswer = Awaited<ReturnType<typeof client.getModelLineage>>;
type Made = LineageAnswer['ancestors'][number];

const icons = {
  dataset: IconDatabase,
  run: IconTrendingUp,
  model: IconCube,
  hub: IconWorldDownload,
  file: IconFile,
} as const;
type StepKind = keyof typeof icons;

export function Lineage({ modelId, version }: { modelId: number; version: number }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(lineageQuery(modelId, version));
  return (
    <section>
      <Text fw={600} size="sm" mb={6} component="h3">
        {t('models.lineage')}
      </Text>
      {error !== null && data === undefined && <ErrorView error={error} onRetry={refetch} />}
      {data === undefined && error === null && <Loader size="sm" />}
      {data !== undefined && (
        <div className="lineage">
          {data.ancestors.toReversed().map((made, index, all) => (
            <Generation
              key={made.model.version + made.model.name}
              made={made}
              isShown={index === all.length - 1}
            />
          ))}
          {data.descendants.map(({ run, models }) => (
            <div key={run.id} className="generation" data-after>
              <Step kind="run">
                <RunLink {...run} />
              </Step>
              {models.length > 0 && <Arrow />}
              {models.map((model) => (
                <Step key={`${model.modelId} ${model.version}`} kind="model">
                  <ModelLink model={model} />
                </Step>
              ))}
            </div>
          ))}
          {data.descendants.length === 0 && (
            <Text size="xs" c="dimmed">
              {t('models.lineageParts.none')}
            </Text>
          )}
        </div>
      )}
    </section>
  );
}

/** One model with what it was made from. */
function Generation({ made, isShown }: { made: Made; isShown: boolean }) {
  const { t } = useTranslation();
  const { model, run, dataset, validation, init } = made;
  const hasSources = dataset !== null || init !== null;
  return (
    <div className="generation">
      {(hasSources || run !== null) && (
        <>
          {hasSources && (
            <span className="lineage-sources">
              {dataset !== null && <DatasetStep dataset={dataset} />}
              {validation !== null && <DatasetStep dataset={validation} isValidation />}
              {init !== null && (
                <Step kind={init.kind}>
                  {init.model === null ? init.name : <ModelLink model={init.model} />}
                </Step>
              )}
            </span>
          )}
          {hasSources && <Arrow />}
          {run !== null && (
            <>
              <Step kind="run">
                <RunLink {...run} />
              </Step>
              <Arrow />
            </>
          )}
        </>
      )}
      <Step kind="model" isShown={isShown}>
        <ModelLink model={model satisfies ModelReference} />
      </Step>
      {!hasSources && run === null && (
        <Text size="xs" c="dimmed">
          {t('models.lineageParts.imported')}
        </Text>
      )}
    </div>
  );
}

function DatasetStep({
  dataset,
  isValidation = false,
}: {
  dataset: PinnedDataset;
  isValidation?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Step kind="dataset">
      <PinnedLink dataset={dataset} />
      {isValidation && ` (${t('models.ofDataset.validation')})`}
    </Step>
  );
}

interface StepProps {
  kind: StepKind;
  isShown?: boolean;
  children: ReactNode;
}

function Step({ kind, isShown = false, children }: StepProps) {
  const { t } = useTranslation();
  const Icon = icons[kind];
  return (
    <span className="lineage-step" data-shown={isShown || undefined} data-kind={kind}>
      <Icon size={14} aria-label={t(`models.lineageParts.${kind}`)} />
      <span>{children}</span>
    </span>
  );
}

const Arrow = () => <IconArrowRight size={14} className="lineage-arrow" aria-hidden />;

function RunLink({ id, name }: { id: number; name: string }) {
  return (
    <LinkAnchor inherit to="/runs/$runId" params={{ runId: String(id) }}>
      {name}
    </LinkAnchor>
  );
}
