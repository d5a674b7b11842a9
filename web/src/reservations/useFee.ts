import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { ApiError } from '../api/errors'
import type { ActName } from './acts'
import { feePreviewQuery, type Way } from './FeeBox'

/** Which fee an act costs, what it is now, and whether it became another since it was shown. */
export function useFee(act: ActName, stayId: string, error: ApiError | null) {
  const way: Way | undefined = act === 'cancel' ? 'cancellation' : act === 'noShow' ? 'noShow' : undefined
  const { data, refetch } = useQuery({ ...feePreviewQuery(stayId), enabled: way !== undefined })
  const hasChanged = error !== null && 'closingFee' in error.facts
  useEffect(() => {
    if (error && 'closingFee' in error.facts) void refetch()
  }, [error, refetch])
  return { way, feeCents: (way && data?.[way]?.totalCents) ?? null, hasChanged }
}
