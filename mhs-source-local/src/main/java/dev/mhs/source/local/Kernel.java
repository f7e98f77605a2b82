package dev.mhs.source.local;

import dev.mhs.source.local.count.KernelCounting;
import dev.mhs.source.local.limit.KernelShaping;
import dev.mhs.source.local.limit.WishFile;

/**
 * What the kernel is made to do for us.
 *
 * @param counting counts what each address moves
 * @param shaping slows devices down
 * @param wishes remembers how, for the time when the kernel has lost it
 */
record Kernel(KernelCounting counting, KernelShaping shaping, WishFile wishes) {}
