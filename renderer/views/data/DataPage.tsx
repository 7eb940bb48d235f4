import { PageHeader } from '#renderer/components/PageHeader.tsx';

export function DataPage() {
  return <PageHeader title="DataPage" />;
}
