// The precompiled header of the tests: the shared one and googletest. Files still include what they
// use (the tidy preset builds without it).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cmake/pch.hpp"
