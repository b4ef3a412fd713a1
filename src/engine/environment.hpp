#pragma once
/// @file What every stage is handed: the world it runs in. Nothing is reached through globals.

#include "base/event.hpp"
#include "base/executor.hpp"
#include "store/books.hpp"
#include "store/ledger.hpp"

namespace flit::engine {

struct Environment {
  Executor& executor;
  EventSink& events;
  store::Ledger& ledger;
  store::Books& books;

  Clock& clock() const { return executor.clock(); }
};

}  // namespace flit::engine
