// Proposals of what is in the pictures, of a model here or from elsewhere: for which pictures, how sure; then progress, and on to
// looking over.

import { Group, Radio, SegmentedControl, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconEyeCheck } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JobDialog } from '../jobs/JobDialog.tsx';
import { ModelForm } from '../models/ModelForm.tsx';
import { useModelReferences } from '../runs/use-model-references.ts';
import { client } from '../server/client.ts';
import { LinkButton } from '../shell/links.tsx';
import { type ClassMap, ClassMapField } from './ClassMapField.tsx';
import { EndpointForm } from './EndpointForm.tsx';
import { PrecisionField } from './PrecisionField.tsx';
import {
  ProposalFields,
  type ProposalFormProps,
  ThresholdField,
  useProposalChoices,
} from './ProposalFields.tsx';
import { ResultsForm } from './ResultsForm.tsx';
import { WholePictureNote } from './WholePictureNote.tsx';

interface PreannotateDialogProps {
  datasetId: number;
  /** Of the view that is open. */
  query: string;
  isOpen: boolean;
  onClose: () => void;
}

export function PreannotateDialog({ datasetId, query, isOpen, onClose }: PreannotateDialogProps) {
  const { t } = useTranslation();
  return (
    <JobDialog
      title={t('preannotate.title')}
      isOpen={isOpen}
      onClose={onClose}
      form={(onStarted) => (
        <PreannotateForm
          datasetId={datasetId}
          query={query}
          onClose={onClose}
          onStarted={onStarted}
        />
      )}
      hint={t('preannotate.mayClose')}
      next={({ state }) =>
        state === 'succeeded' && (
          <LinkButton
            leftSection={<IconEyeCheck size={14} />}
            to="/datasets/$datasetId/look-over"
            params={{ datasetId: String(datasetId) }}
            search={{ begin: '1' }}
            onClick={onClose}
          >
            {t('preannotate.lookOver')}
          </LinkButton>
        )
      }
    />
  );
}

/** Where proposals come from. */
const origins = ['model', 'results', 'endpoint'] as const;
type Origin = (typeof origins)[number];

const formOf = {
  model: ModelProposals,
  results: ResultsForm,
  endpoint: EndpointForm,
} satisfies Record<Origin, (props: ProposalFormProps) => ReactNode>;

function PreannotateForm(props: ProposalFormProps) {
  const { t } = useTranslation();
  const [origin, setOrigin] = useState<Origin>('model');
  const isNarrow = useMediaQuery('(max-width: 36em)');
  const Form = formOf[origin];
  return (
    <Stack>
      <SegmentedControl
        fullWidth
        orientation={isNarrow ? 'vertical' : 'horizontal'}
        aria-label={t('preannotate.from')}
        data={origins.map((value) => ({ value, label: t(`preannotate.origins.${value}`) }))}
        value={origin}
        onChange={(value) => setOrigin(value as Origin)}
      />
      <Form {...props} />
    </Stack>
  );
}

/** Whose answers are annotations. */
const proposingTasks: readonly string[] = ['detect', 'segment', 'pose', 'classify'];

/** By what is said how sure the model has to be. */
const measures = ['threshold', 'precision'] as const;
type Measure = (typeof measures)[number];

const usualPrecision = 0.9;

function ModelProposals({ datasetId, query, onClose, onStarted }: ProposalFormProps) {
  const { t } = useTranslation();
  const models = useModelReferences(datasetId)?.filter(({ task }) => proposingTasks.includes(task));
  const [maps, setMaps] = useState<Readonly<Record<string, ClassMap>>>({});
  const choices = useProposalChoices(datasetId, query);
  const [measure, setMeasure] = useState<Measure>('threshold');
  const [precision, setPrecision] = useState(usualPrecision);
  const asked =
    measure === 'threshold' ? choices.asked : { ...choices.asked, threshold: undefined, precision };
  const classMapOf = (model: NonNullable<typeof models>[number] | undefined) =>
    model && (
      <ClassMapField
        key={model.reference}
        datasetId={datasetId}
        model={model}
        map={maps[model.reference] ?? {}}
        onChange={(map) => setMaps((old) => ({ ...old, [model.reference]: map }))}
      />
    );
  const taskOf = (model: string | null) =>
    models?.find(({ reference }) => reference === model)?.task;
  return (
    <ModelForm
      datasetId={datasetId}
      explained={t('preannotate.explained')}
      models={models?.map(({ reference }) => reference)}
      noModel={t('preannotate.noModel')}
      label={t('preannotate.start')}
      start={(model) =>
        client.startPreannotation({
          params: { datasetId },
          body: { model, ...asked, map: maps[model] },
        })
      }
      onStarted={onStarted}
      onClose={onClose}
    >
      {(model) => (
        <>
          {taskOf(model) === 'classify' && <WholePictureNote datasetId={datasetId} />}
          {classMapOf(models?.find(({ reference }) => reference === model))}
          <ProposalFields
            choices={choices}
            sureness={
              <>
                <Radio.Group
                  label={t('preannotate.measure')}
                  value={measure}
                  onChange={(value) => setMeasure(value as Measure)}
                >
                  <Group mt={4}>
                    {measures.map((value) => (
                      <Radio key={value} value={value} label={t(`preannotate.measures.${value}`)} />
                    ))}
                  </Group>
                </Radio.Group>
                {measure === 'threshold' ? (
                  <ThresholdField choices={choices} />
                ) : (
                  <PrecisionField
                    datasetId={datasetId}
                    model={model}
                    precision={precision}
                    onChange={setPrecision}
                  />
                )}
              </>
            }
          />
        </>
      )}
    </ModelForm>
  );
}
