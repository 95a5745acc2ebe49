// A model behind HTTP that proposes: its address, what its classes are called, and in whose name.

import {
  Button,
  Collapse,
  NumberInput,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type EndpointProtocol, protocolOf, type TensorOptions } from '@migaki/api';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../server/client.ts';
import { FormEnd } from '../shell/FormEnd.tsx';
import { CalledField, categoriesByLine } from './CalledField.tsx';
import { ProposalFields, type ProposalFormProps, useProposalChoices } from './ProposalFields.tsx';
import { TensorFields } from './TensorFields.tsx';

const usualAtOnce = 4;
const usualTimeoutSeconds = 60;

export function EndpointForm({ datasetId, query, onStarted, onClose }: ProposalFormProps) {
  const { t } = useTranslation();
  const [url, setUrl] = useState('');
  const [classes, setClasses] = useState('');
  const [called, setCalled] = useState('');
  const [source, setSource] = useState('');
  const [atOnce, setAtOnce] = useState(usualAtOnce);
  const [timeoutSeconds, setTimeoutSeconds] = useState(usualTimeoutSeconds);
  const [tensors, setTensors] = useState<TensorOptions>({});
  const [showsMore, more] = useDisclosure(false);
  const Chevron = showsMore ? IconChevronDown : IconChevronRight;
  const choices = useProposalChoices(datasetId, query);
  const protocol: EndpointProtocol | null = url.trim() === '' ? null : protocolOf(url.trim());
  const start = useMutation({
    mutationFn: () =>
      client.startEndpointPreannotation({
        params: { datasetId },
        body: {
          url: url.trim(),
          classNames: namesByLine(classes),
          map: categoriesByLine(called),
          source: source.trim() || undefined,
          atOnce,
          timeoutSeconds,
          tensors: protocol === 'oip' ? tensors : {},
          ...choices.asked,
        },
      }),
    onSuccess: ({ job }) => onStarted(job),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('preannotate.endpoint.explained')}
        </Text>
        <TextInput
          label={t('preannotate.endpoint.url')}
          description={t(`preannotate.endpoint.speaks.${protocol ?? 'any'}`)}
          placeholder="http://127.0.0.1:8000"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={url}
          onChange={({ currentTarget }) => setUrl(currentTarget.value)}
          data-autofocus
        />
        <Textarea
          label={t('preannotate.endpoint.classes')}
          description={t('preannotate.endpoint.classesHelp')}
          autosize
          minRows={2}
          maxRows={6}
          spellCheck={false}
          value={classes}
          onChange={({ currentTarget }) => setClasses(currentTarget.value)}
        />
        <CalledField datasetId={datasetId} value={called} onChange={setCalled} />
        <TextInput
          label={t('preannotate.source')}
          description={t('preannotate.endpoint.sourceHelp')}
          value={source}
          onChange={({ currentTarget }) => setSource(currentTarget.value)}
          maxLength={100}
        />
        <ProposalFields choices={choices} />
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<Chevron size={14} />}
          aria-expanded={showsMore}
          onClick={more.toggle}
        >
          {t('preannotate.endpoint.more')}
        </Button>
        <Collapse expanded={showsMore}>
          <Stack>
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <NumberInput
                label={t('preannotate.endpoint.atOnce')}
                min={1}
                max={32}
                allowDecimal={false}
                value={atOnce}
                onChange={(value) => setAtOnce(Number(value) || usualAtOnce)}
              />
              <NumberInput
                label={t('preannotate.endpoint.timeout')}
                min={1}
                max={600}
                value={timeoutSeconds}
                onChange={(value) => setTimeoutSeconds(Number(value) || usualTimeoutSeconds)}
              />
            </SimpleGrid>
            {protocol === 'oip' && <TensorFields options={tensors} onChange={setTensors} />}
          </Stack>
        </Collapse>
        <FormEnd
          label={t('preannotate.start')}
          error={start.error}
          isPending={start.isPending}
          isReady={url.trim() !== ''}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}

/** @example namesByLine('cat\ndog') // { 0: 'cat', 1: 'dog' } */
const namesByLine = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [[String(i), line.trim()]])),
  );
