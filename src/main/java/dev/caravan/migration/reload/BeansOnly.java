package dev.caravan.migration.reload;

import java.util.Map;
import java.util.Set;

import org.apache.camel.CamelContextAware;
import org.apache.camel.Component;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.Language;

/**
 * A live registry without the parts that belong to its Camel context: another context would adopt them, and shut them
 * down with itself.
 */
record BeansOnly(BeanRepository live) implements BeanRepository {

    @Override
    public Object lookupByName(String name) {
        var bean = live.lookupByName(name);
        return bean == null || isPart(bean.getClass()) ? null : bean;
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        if (isPart(type)) {
            return null;
        }
        var bean = live.lookupByNameAndType(name, type);
        return bean == null || isPart(bean.getClass()) ? null : bean;
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return isCamel(type) ? Map.of() : live.findByTypeWithName(type);
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return isCamel(type) ? Set.of() : live.findByType(type);
    }

    private static boolean isPart(Class<?> type) {
        return Component.class.isAssignableFrom(type)
                || DataFormat.class.isAssignableFrom(type)
                || Language.class.isAssignableFrom(type)
                || CamelContextAware.class.isAssignableFrom(type) && isCamel(type);
    }

    private static boolean isCamel(Class<?> type) {
        return type.getName().startsWith("org.apache.camel");
    }
}
