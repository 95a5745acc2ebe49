// The look: system fonts, small sizes, one accent. Data is what has colour here.

import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import i18next from 'i18next';

/** Japanese indigo (藍), from paper to ink. */
const indigo: MantineColorsTuple = [
  '#eef2fe',
  '#dae2fb',
  '#b4c4f6',
  '#8ba4f1',
  '#6988ed',
  '#5376ea',
  '#456dea',
  '#375cd0',
  '#2e51bb',
  '#2145a5',
];

const closeLabel = () => ({ 'aria-label': i18next.t('close') });

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 6 },
  colors: { indigo },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK JP", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    // The icon and the frame have the colour; a title in orange cannot be read.
    Alert: {
      defaultProps: { variant: 'outline' },
      styles: { title: { color: 'var(--mantine-color-text)' } },
    },
    Badge: { styles: { label: { textTransform: 'none' } } },
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
    // A function, so that the label is in the language of the moment.
    Modal: {
      defaultProps: () => ({
        centered: true,
        overlayProps: { backgroundOpacity: 0.45 },
        closeButtonProps: closeLabel(),
      }),
    },
    Notification: { defaultProps: () => ({ closeButtonProps: closeLabel() }) },
    // The canvas of the annotator lets no `mousedown` come of its pointers.
    Popover: { defaultProps: { clickOutsideEvents: ['pointerdown'] } },
    Menu: {
      defaultProps: {
        shadow: 'md',
        position: 'bottom-end',
        clickOutsideEvents: ['pointerdown', 'keydown'],
      },
    },
  },
});

/** Quiet texts that can still be read: a contrast of at least 4.5 to what they stand on (WCAG 2.2, 1.4.3). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#59616d', '--mantine-color-placeholder': '#6b7380' },
  dark: { '--mantine-color-dimmed': '#a3a3a3', '--mantine-color-placeholder': '#999999' },
});
