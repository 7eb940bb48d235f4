import { PageHeader } from '#renderer/components/PageHeader.tsx';

export function ModelsPage() {
  return <PageHeader title="ModelsPage" />;
}
