// The look: system fonts, small sizes, one accent. Data is what has colour here.

import { createTheme, type MantineColorsTuple } from '@mantine/core';

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

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 5 },
  colors: { indigo },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK JP", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Alert: { defaultProps: { variant: 'outline' } },
    Badge: { styles: { label: { textTransform: 'none' } } },
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end' } },
  },
});
