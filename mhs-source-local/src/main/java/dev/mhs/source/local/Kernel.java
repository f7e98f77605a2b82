package dev.mhs.source.local;

import dev.mhs.source.local.count.KernelCounting;
import dev.mhs.source.local.limit.KernelShaping;

/**
 * What the kernel is made to do for us.
 *
 * @param counting counts what each address moves
 * @param shaping slows devices down
 */
record Kernel(KernelCounting counting, KernelShaping shaping) {}
