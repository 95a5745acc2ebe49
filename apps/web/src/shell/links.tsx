// Buttons that lead to a page, so that they can be opened in a new tab as any link can.

import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type LinkButtonProps = ButtonProps & Omit<ComponentProps<'a'>, keyof ButtonProps>;

export const LinkButton = createLink((props: LinkButtonProps) => (
  <Button component="a" {...props} />
));
