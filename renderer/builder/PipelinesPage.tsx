import { Box } from '@mui/material';
import { useBuilder } from '#renderer/builder/builderState.ts';
import { Editor } from '#renderer/builder/Editor.tsx';
import { Library } from '#renderer/builder/Library.tsx';

/** The library of pipelines, or the one that is open. */
export function PipelinesPage() {
  const open = useBuilder((state) => state.open);
  return (
    <Box sx={{ height: '100%', minHeight: 0 }} data-testid="page-pipelines">
      {open ? <Editor key={open.key} open={open} /> : <Library />}
    </Box>
  );
}
