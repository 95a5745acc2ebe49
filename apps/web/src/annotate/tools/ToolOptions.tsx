// What can be set of the tool in hand, and how it is used.

import { Text } from '@mantine/core';
import { toolOf } from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../session/EditorContext.tsx';

export function ToolOptions() {
  const { t } = useTranslation();
  const tool = useEditor((state) => toolOf(state.tool));
  return (
    <section className="annotate-options" aria-label={t('annotate.tools.options')} data-region>
      <Text size="xs" c="dimmed" className="annotate-tool-help">
        {t(`annotate.tools.help.${tool}`)}
      </Text>
    </section>
  );
}
