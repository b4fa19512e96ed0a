#include <algorithm>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>

#include "ansatz/processor_time.hpp"
#include "ansatz/scf.hpp"

namespace ansatz {
namespace {

/**
 * Builds that several fields ask for, made in one pass over the integrals when each field that still runs has asked. One field runs at a
 * time, so that a calculation takes no more threads than it was given, and what stands in a pass hangs on nothing but the fields.
 */
class SharedBuilds {
 public:
  SharedBuilds(CoulombExchangeBuilder& builder, std::size_t nFields) : builder_(builder), requests_(nFields), running_(nFields) {}

  /** Held by the field that runs. */
  std::mutex& turn() { return turn_; }

  CoulombExchange build(std::size_t field, const std::vector<const Matrix*>& coulomb, const std::vector<const Matrix*>& exchange,
                        double neglected) {
    Request& own = requests_[field];
    own = {&coulomb, &exchange, neglected, {}, true};
    ++waiting_;
    asked_.notify_one();
    std::unique_lock turn(turn_, std::adopt_lock);
    built_.wait(turn, [&] { return !own.isWaiting; });
    turn.release();  // which this field goes on to hold
    if (failure_) std::rethrow_exception(failure_);
    return std::move(own.result);
  }

  /** Of a field that asks for no more. */
  void leave() {
    --running_;
    asked_.notify_one();
  }

  /**
   * Makes the builds until no field runs, all on the calling thread: memory that each field's thread had used for its own would not come
   * back until the end.
   */
  void serve() {
    std::unique_lock turn(turn_);
    for (;;) {
      asked_.wait(turn, [&] { return waiting_ == running_; });
      if (running_ == 0) return;
      buildForAll();
    }
  }

 private:
  struct Request {
    const std::vector<const Matrix*>* coulomb = nullptr;
    const std::vector<const Matrix*>* exchange = nullptr;
    double neglected = 0.0;
    CoulombExchange result;
    bool isWaiting = false;
  };

  void buildForAll() {
    try {
      if (!failure_) buildAll();
    } catch (...) {
      failure_ = std::current_exception();
    }
    for (Request& request : requests_) request.isWaiting = false;
    waiting_ = 0;
    built_.notify_all();
  }

  void buildAll() {
    std::vector<const Matrix*> coulomb, exchange;
    double neglected = std::numeric_limits<double>::infinity();
    for (const Request& request : requests_) {
      if (!request.isWaiting) continue;
      coulomb.insert(coulomb.end(), request.coulomb->begin(), request.coulomb->end());
      exchange.insert(exchange.end(), request.exchange->begin(), request.exchange->end());
      neglected = std::min(neglected, request.neglected);
    }
    CoulombExchange all = builder_.build(coulomb, exchange, neglected);
    auto nextCoulomb = all.coulomb.begin();
    auto nextExchange = all.exchange.begin();
    for (Request& request : requests_) {
      if (!request.isWaiting) continue;
      for (std::size_t k = 0; k < request.coulomb->size(); ++k) request.result.coulomb.push_back(std::move(*nextCoulomb++));
      for (std::size_t k = 0; k < request.exchange->size(); ++k) request.result.exchange.push_back(std::move(*nextExchange++));
    }
  }

  CoulombExchangeBuilder& builder_;
  std::mutex turn_;
  std::condition_variable asked_, built_;
  std::vector<Request> requests_;
  std::size_t running_, waiting_ = 0;
  std::exception_ptr failure_;
};

/** One field's view of the shared builds. */
class FieldsBuilder final : public CoulombExchangeBuilder {
 public:
  FieldsBuilder(SharedBuilds& shared, CoulombExchangeBuilder& builder, std::size_t field)
      : shared_(shared), builder_(builder), field_(field) {}
  CoulombExchange build(const std::vector<const Matrix*>& coulomb, const std::vector<const Matrix*>& exchange,
                        double neglected) override {
    return shared_.build(field_, coulomb, exchange, neglected);
  }
  bool screensByDensity() const override { return builder_.screensByDensity(); }
  std::size_t storedBytes() const override { return builder_.storedBytes(); }

 private:
  SharedBuilds& shared_;
  CoulombExchangeBuilder& builder_;
  std::size_t field_;
};

}  // namespace

std::vector<ScfResult> selfConsistentFields(const System& system, const std::vector<ScfOptions>& fields, CoulombExchangeBuilder& fock) {
  SharedBuilds shared(fock, fields.size());
  std::vector<ScfResult> results(fields.size());
  std::vector<std::exception_ptr> failures(fields.size());
  std::vector<double> times_ms(fields.size());
  const auto run = [&](std::size_t field) {
    const std::lock_guard turn(shared.turn());
    FieldsBuilder builder(shared, fock, field);
    try {
      results[field] = selfConsistentField(system, fields[field], builder);
    } catch (...) {
      failures[field] = std::current_exception();
    }
    shared.leave();
    times_ms[field] = processorTime_ms();
  };
  std::vector<std::thread> threads;
  for (std::size_t field = 0; field < fields.size(); ++field) threads.emplace_back(run, field);
  shared.serve();
  for (std::thread& thread : threads) thread.join();
  for (const double ms : times_ms) countProcessorTime(ms);
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
  return results;
}

}  // namespace ansatz
