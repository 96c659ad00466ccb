package dev.caravan.migration.people;

/**
 * A line of the list of employees. Texts are empty where the list says nothing.
 *
 * @param username on the target
 * @param number of the employee
 * @param name in full
 * @param pinyin of a Han name, when the list has it
 */
record Employee(String username, String email, String number, String name, String pinyin) {}
