// Every verb of the command. One line each, in the order of a first day with it.
#pragma once
#include <memory>
#include <vector>

#include "goodfit/cli/verbs/verb.hpp"

namespace goodfit {

std::unique_ptr<Verb> new_verb();
std::unique_ptr<Verb> train_verb();
std::unique_ptr<Verb> evaluate_verb();
std::unique_ptr<Verb> predict_verb();
std::unique_ptr<Verb> calibrate_verb();
std::unique_ptr<Verb> report_verb();
std::unique_ptr<Verb> export_verb();
std::unique_ptr<Verb> import_verb();
std::unique_ptr<Verb> show_verb();
std::unique_ptr<Verb> check_verb();
std::unique_ptr<Verb> lr_find_verb();
std::unique_ptr<Verb> compare_verb();
std::unique_ptr<Verb> compare_data_verb();
std::unique_ptr<Verb> plan_verb();
std::unique_ptr<Verb> data_verb();
std::unique_ptr<Verb> completion_verb();

inline std::vector<std::unique_ptr<Verb>> all_verbs() {
  std::vector<std::unique_ptr<Verb>> verbs;
  for (const auto make :
       {new_verb, train_verb, evaluate_verb, predict_verb, calibrate_verb, report_verb, export_verb,
        import_verb, show_verb, check_verb, lr_find_verb, compare_verb, compare_data_verb,
        plan_verb, data_verb, completion_verb})
    verbs.push_back(make());
  return verbs;
}

}  // namespace goodfit
