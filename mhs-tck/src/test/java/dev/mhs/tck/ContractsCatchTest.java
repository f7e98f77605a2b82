package dev.mhs.tck;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.BitRate;
import dev.mhs.api.Capability;
import dev.mhs.api.Cost;
import dev.mhs.api.Evidence;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Sources that are wrong on purpose: the contracts must find them out. */
class ContractsCatchTest {
  private final List<FakeSource> made = new ArrayList<>();
  private final List<SourceContract> contracts = new ArrayList<>();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    release.countDown();
    made.forEach(fake -> fake.fails(FailureKind.UNREACHABLE, "over"));
    contracts.forEach(SourceContract::cleanUp);
  }

  @Test
  void aSourceThatFailsWhenItIsClosedTwice() {
    AtomicInteger closings = new AtomicInteger();
    Devices wrong =
        devices(
            fake ->
                fake.onClose(
                    () -> {
                      if (closings.incrementAndGet() == 2) {
                        throw new IllegalStateException("closed already");
                      }
                    }));

    assertCaught(wrong::closingTwiceIsLikeClosingOnce);
  }

  @Test
  void aSourceThatHangsWhenItIsClosed() {
    assertCaught(devices(fake -> fake.onClose(this::hang))::closingTwiceIsLikeClosingOnce);
  }

  @Test
  void findingsThatWaitForTheBox() {
    Devices wrong =
        devices(
            fake ->
                fake.findings(
                    () -> {
                      hang();
                      return List.of();
                    }));

    assertCaught(wrong::findingsAndCostAreToldAtOnce);
  }

  @Test
  void findingsThatCanBeChanged() {
    assertCaught(devices(fake -> fake.findings(ArrayList::new))::findingsAndCostAreToldAtOnce);
  }

  @Test
  void aNegativeCost() {
    assertCaught(
        devices(fake -> fake.cost(() -> new Cost(-1, 0, Duration.ZERO)))
            ::findingsAndCostAreToldAtOnce);
  }

  @Test
  void oneSourceForAll() {
    FakeSource only = FakeSource.of(new MutableClock());

    assertCaught(new Devices(context -> only)::twoCanBeOpenAtOnce);
  }

  @Test
  void aCapabilityThatIsNotOffered() {
    Devices wrong = new Devices(context -> FakeSource.of(context.time(), Capability.PORTS));

    assertCaught(wrong::theAnswerIsSound);
  }

  @Test
  void aCadenceThatIsUpsideDown() {
    Cadence wrong =
        new Cadence(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMinutes(1));

    assertCaught(devices(fake -> fake.cadence(wrong))::theCadenceIsSensible);
  }

  @Test
  void aCallThatIgnoresInterrupts() {
    assertCaught(devices(fake -> fake.onDevices().hangsForEver())::anInterruptEndsACall);
  }

  @Test
  void aCallThatTurnsAnInterruptIntoABug() {
    Devices wrong =
        devices(fake -> fake.onDevices().throwing(() -> new IllegalStateException("interrupted")));

    assertCaught(wrong::anInterruptEndsACall);
  }

  @Test
  void aCallThatHangsAfterClosing() {
    Devices wrong =
        devices(
            fake ->
                fake.cadence(new Cadence(Duration.ofSeconds(1), Duration.ofSeconds(1), SHORT))
                    .onClose(() -> fake.onDevices().hangsForEver()));

    assertCaught(wrong::askingAfterClosingDoesNotHang);
  }

  @Test
  void anAnswerOfNull() {
    assertCaught(devices(fake -> fake.onDevices().returnsNull())::theAnswerIsSound);
  }

  @Test
  void aSourceThatThrows() {
    assertCaught(
        devices(fake -> fake.onDevices().throwing(() -> new StackOverflowError("deep")))
            ::theAnswerIsSound);
  }

  @Test
  void aSourceThatNeverWorks() {
    assertCaught(
        devices(fake -> fake.onDevices().fails(FailureKind.UNREACHABLE, "gone"))::theAnswerIsSound);
    assertCaught(devices(fake -> fake.onDevices().cannot("too old"))::theAnswerIsSound);
  }

  @Test
  void anAnswerThatTakesLongerThanItsDeadline() {
    Devices wrong =
        devices(
            fake -> {
              fake.cadence(new Cadence(Duration.ofSeconds(1), Duration.ofSeconds(1), SHORT));
              fake.onDevices().hangs();
            });

    assertCaught(wrong::theAnswerIsSound);
  }

  @Test
  void aListThatCanBeChanged() {
    Devices wrong =
        devices(fake -> fake.onDevices().answersWith(() -> new ArrayList<>(List.of(sighting(1)))));

    assertCaught(wrong::theAnswerIsSound);
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void aListWithNull() {
    List<@Nullable Sighting> withNull = new ArrayList<>();
    withNull.add(null);

    assertCaught(devices(fake -> fake.onDevices().answers(cast(withNull)))::theAnswerIsSound);
  }

  @Test
  void keysThatChange() {
    Devices wrong =
        devices(
            fake ->
                fake.onDevices().answersWith(() -> List.of(sighting(fake.onDevices().calls()))));

    assertCaught(wrong::keysAreStable);
  }

  @Test
  void evidenceFromTheFuture() {
    Devices wrong =
        new Devices(
            context -> {
              FakeSource fake = kept(Environment.source(context));
              Evidence early =
                  new Evidence(
                      Evidence.Kind.ANSWERED, context.time().instant().plus(Duration.ofHours(1)));
              fake.onDevices()
                  .answers(List.of(Sighting.of(Environment.MAC).evidence(early).build()));
              return fake;
            });

    assertCaught(wrong::evidenceIsNotFromTheFuture);
  }

  @Test
  void aRescanThatWaits() {
    assertCaught(devices(fake -> fake.onRescan(this::hang))::rescanningReturnsAtOnce);
  }

  @Test
  void countersThatGoBack() {
    Bandwidth wrong =
        new Bandwidth(
            (fake, context) ->
                fake.onBandwidth()
                    .answersWith(
                        () ->
                            new BandwidthReading(
                                context.time().moment(),
                                "fake",
                                Map.of(),
                                Environment.totals(10 - fake.onBandwidth().calls()),
                                null)));

    assertCaught(wrong::countersDoNotGoBackWithoutSayingSo);
  }

  @Test
  void aReadingThatSaysNothing() {
    Bandwidth wrong =
        new Bandwidth(
            (fake, context) ->
                fake.onBandwidth()
                    .answersWith(
                        () ->
                            new BandwidthReading(
                                context.time().moment(), "fake", Map.of(), null, null)));

    assertCaught(wrong::theAnswerIsSound);
  }

  @Test
  void readingsThatGoBackInTime() {
    Bandwidth wrong =
        new Bandwidth(
            (fake, context) ->
                fake.onBandwidth()
                    .answersWith(
                        () ->
                            new BandwidthReading(
                                new Moment(context.time().instant(), -fake.onBandwidth().calls()),
                                "fake",
                                Map.of(),
                                Environment.totals(1),
                                null)));

    assertCaught(wrong::readingsAreStampedInOrder);
  }

  @Test
  void portsOfOneName() {
    Ports wrong = new Ports("ether1", "ether1");

    assertCaught(wrong::namesAreUnique);
    assertCaught(new Ports()::theAnswerIsSound);
  }

  @Test
  void aLimitThatIsNotReadBack() {
    Limits wrong = new Limits(fake -> fake.onLimits().answers(List.of()));

    assertCaught(wrong::whatIsSetIsReadBack);
    assertCaught(wrong::settingItAnewReplacesIt);
  }

  @Test
  void aLimitThatIsRefused() {
    assertCaught(new Limits(fake -> fake.onApply().cannot("no"))::whatIsSetIsReadBack);
  }

  @Test
  void aLimitThatCannotBeRemoved() {
    Limits wrong = new Limits(fake -> fake.onApply().answers(new LimitOutcome.Applied(null)));

    assertCaught(wrong::whatIsSetIsReadBack);
  }

  @Test
  void aLimitOfOneDirectionThatHoldsForBoth() {
    Limits wrong =
        new Limits(
            fake ->
                fake.onApply()
                    .answersWith(
                        () -> {
                          Limit asked = fake.asked().getLast();
                          BitRate rate =
                              asked.download() == null ? asked.upload() : asked.download();
                          return applied(new Limit(asked.device(), asked.addresses(), rate, rate));
                        }));

    assertCaught(wrong::oneDirectionCanBeLimitedAlone);
  }

  @Test
  void aWishThatMakesALimitEachTime() {
    Limits wrong =
        new Limits(
            fake ->
                fake.onLimits()
                    .answersWith(
                        () -> fake.asked().stream().map(ContractsCatchTest::ours).toList()));

    assertCaught(wrong::theSameWishTwiceIsLikeOnce);
    assertCaught(wrong::oneDirectionCanBeLimitedAlone);
  }

  @Test
  void anImpossibleWishThatIsNotRefused() {
    assertCaught(
        new Limits(
                fake -> fake.onApply().throwing(() -> new IllegalArgumentException("no address")))
            ::whatCannotBeLimitedIsRefused);
    assertCaught(
        new Limits(fake -> fake.onApply().fails(FailureKind.UNREACHABLE, "no route"))
            ::whatCannotBeLimitedIsRefused);
    assertCaught(
        new Limits(fake -> fake.onApply().answersWith(() -> applied(fake.asked().getLast())))
            ::whatCannotBeLimitedIsRefused);
    assertCaught(new Limits(fake -> fake.onApply().cannot(" "))::whatCannotBeLimitedIsRefused);
  }

  @Test
  void aRefusalThatChangesSomething() {
    Limits wrong =
        new Limits(
            fake -> {
              fake.onApply().cannot("no address");
              fake.onLimits()
                  .answersWith(() -> fake.asked().stream().map(ContractsCatchTest::ours).toList());
            });

    assertCaught(wrong::whatCannotBeLimitedIsRefused);
  }

  @Test
  void aLimitOfOthersThatIsReplaced() {
    LimitInForce foreign = Environment.foreignLimit();
    Limits wrong =
        new Limits(
            fake ->
                fake.onLimits()
                    .answersWith(() -> fake.asked().isEmpty() ? List.of(foreign) : fake.inForce()));

    assertCaught(wrong::limitsOfOthersAreLeftAlone);
  }

  @Test
  void aLimitOfOthersThatIsRemovedWithOurs() {
    LimitInForce foreign = Environment.foreignLimit();
    Limits wrong =
        new Limits(
            fake ->
                fake.onLimits()
                    .answersWith(
                        () ->
                            fake.asked().size() > 1
                                ? fake.inForce()
                                : Stream.concat(Stream.of(foreign), fake.inForce().stream())
                                    .toList()));

    assertCaught(wrong::limitsOfOthersAreLeftAlone);
  }

  @Test
  void aChangeThatIgnoresInterruptsOrTurnsThemIntoSomethingElse() {
    assertCaught(new Limits(fake -> fake.onApply().hangsForEver())::anInterruptEndsAChange);
    assertCaught(
        new Limits(fake -> fake.onApply().throwing(() -> new IllegalStateException("interrupted")))
            ::anInterruptEndsAChange);
    assertCaught(new Limits(fake -> {})::anInterruptEndsAChange);
    assertCaught(new Limits(fake -> fake.onApply().cannot("no"))::anInterruptEndsAChange);
    assertCaught(new Limits(fake -> fake.onApply().returnsNull())::anInterruptEndsAChange);
  }

  private static LimitOutcome applied(Limit limit) {
    return new LimitOutcome.Applied(ours(limit));
  }

  private static LimitInForce ours(Limit limit) {
    return new LimitInForce(limit, true, null, true);
  }

  @Test
  void aProviderThatServiceLoaderCannotFind() {
    Provider wrong = new Provider(new FakeProvider("no type", 1000, Environment::source));

    assertCaught(wrong::theTypeIsSpelledAsInTheConfiguration);
    assertCaught(wrong::vendorAndPriorityAreSensible);
    assertCaught(wrong::itHasAPublicConstructorWithoutParameters);
    assertCaught(wrong::theServicesFileNamesIt);
  }

  private static final Duration SHORT = Duration.ofMillis(100);

  private static void assertCaught(Executable contract) {
    assertThrows(AssertionError.class, contract);
  }

  private void hang() {
    try {
      release.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private FakeSource kept(FakeSource fake) {
    made.add(fake);
    return fake;
  }

  private Devices devices(Consumer<FakeSource> wrong) {
    return new Devices(
        context -> {
          FakeSource fake = kept(Environment.source(context));
          wrong.accept(fake);
          return fake;
        });
  }

  @SuppressWarnings("unchecked") // on purpose
  private static List<Sighting> cast(List<?> sightings) {
    return (List<Sighting>) sightings;
  }

  private static Sighting sighting(int number) {
    return Sighting.of(new MacAddress(0x020000000000L + number)).build();
  }

  /** Opens a source. */
  private interface Opening {
    Source open(SourceContext context);
  }

  /** Makes a source wrong. */
  private interface Wronging {
    void wrong(FakeSource fake, SourceContext context);
  }

  private final class Devices extends DeviceSourceContract {
    private final Opening opening;

    Devices(Opening opening) {
      contracts.add(this);
      this.opening = opening;
    }

    @Override
    protected Source open(SourceContext context) {
      return opening.open(context);
    }
  }

  private final class Bandwidth extends BandwidthSourceContract {
    private final Wronging wronging;

    Bandwidth(Wronging wronging) {
      contracts.add(this);
      this.wronging = wronging;
    }

    @Override
    protected Source open(SourceContext context) {
      FakeSource fake = Environment.source(context);
      wronging.wrong(fake, context);
      return fake;
    }
  }

  private final class Ports extends PortSourceContract {
    private final String[] names;

    Ports(String... names) {
      contracts.add(this);
      this.names = names;
    }

    @Override
    protected Source open(SourceContext context) {
      FakeSource fake = Environment.source(context);
      fake.onPorts().answers(List.of(Environment.box(context.time(), names)));
      return fake;
    }
  }

  private final class Limits extends LimitControllerContract {
    private final Consumer<FakeSource> wronging;

    Limits(Consumer<FakeSource> wronging) {
      contracts.add(this);
      this.wronging = wronging;
    }

    @Override
    protected Source open(SourceContext context) {
      FakeSource fake = kept(Environment.source(context));
      wronging.accept(fake);
      return fake;
    }

    /** For the interrupt: whoever answers all the same did not wait for the box. */
    @Override
    protected Optional<Source> openSilentToWrites(SourceContext context) {
      return Optional.of(open(context));
    }

    @Override
    protected Optional<Source> openWithForeign(SourceContext context) {
      return Optional.of(open(context));
    }

    @Override
    protected Limit limit() {
      return Environment.limit();
    }
  }

  private final class Provider extends SourceProviderContract {
    private final SourceProvider provider;

    Provider(SourceProvider provider) {
      contracts.add(this);
      this.provider = provider;
    }

    @Override
    protected SourceProvider provider() {
      return provider;
    }
  }
}
