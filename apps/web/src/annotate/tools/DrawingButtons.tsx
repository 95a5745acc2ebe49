// In the middle of drawing: finish, one back, cancel, for whoever has no keys at hand.

import { Button, Loader, Text } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';

/** States in which the hand is off the button and something waits for more. */
const betweenClicks: ReadonlySet<string> = new Set([
  'polygon.drawing',
  'scissors.tracing',
  'extreme-points.collecting',
  'rotated-box.edge',
  'rotated-box.depth',
  'box.stretching',
]);
const finishable: ReadonlySet<string> = new Set(['polygon.drawing', 'scissors.tracing']);
const lookingAtPixels: ReadonlySet<string> = new Set(['wand.filling', 'extreme-points.cutting']);

export function DrawingButtons() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const name = useEditor(({ tool }) => tool.name);
  if (lookingAtPixels.has(name)) {
    return (
      <Text size="xs" className="annotate-working" role="status">
        <Loader size={12} /> {t('annotate.tools.working')}
      </Text>
    );
  }
  if (!betweenClicks.has(name)) return null;
  return (
    <div className="annotate-steps">
      {finishable.has(name) && (
        <Button
          size="compact-xs"
          leftSection={<IconCheck size={13} />}
          onClick={() => dispatch({ type: 'command', name: 'drawing.finish' })}
        >
          {t('annotate.tools.finish')}
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconArrowBackUp size={13} />}
        onClick={() => dispatch({ type: 'command', name: 'drawing.back' })}
      >
        {t('annotate.tools.back')}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconX size={13} />}
        onClick={() => dispatch({ type: 'command', name: 'drawing.cancel' })}
      >
        {t('annotate.tools.cancel')}
      </Button>
    </div>
  );
}
