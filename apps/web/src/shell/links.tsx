// Buttons that lead to a page, so that they can be opened in a new tab as any link can.

import { ActionIcon, type ActionIconProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type Anchor<Props> = Props & Omit<ComponentProps<'a'>, keyof Props>;

export const LinkButton = createLink((props: Anchor<ButtonProps>) => (
  <Button component="a" {...props} />
));

export const LinkIcon = createLink((props: Anchor<ActionIconProps>) => (
  <ActionIcon component="a" {...props} />
));
